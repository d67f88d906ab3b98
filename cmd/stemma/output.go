package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stemma/internal/term"
)

// Standard output is for data; talk goes to standard error.

// addTalkFlags adds the flags of every verb.
func addTalkFlags(flags *pflag.FlagSet) {
	flags.VarP(&choice{value: "auto", of: []string{"auto", "always", "never"}}, "color", "", "colour the output: auto, always or never")
	flags.BoolP("quiet", "q", false, "say nothing on standard error but errors")
	flags.BoolP("verbose", "v", false, "say more on standard error: what is read, what is left out")
}

// addFormatFlags adds the flags of a verb that prints results as JSON too.
func addFormatFlags(cmd *cobra.Command) {
	cmd.Flags().Bool("json", false, "print one JSON object")
}

// choice is a flag that takes one of a few words.
type choice struct {
	value string
	of    []string
	kind  string // what a value is called in help
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return cmp.Or(c.kind, "WHEN") }
func (c *choice) Set(s string) error {
	for _, word := range c.of {
		if s == word {
			c.value = s
			return nil
		}
	}
	return fmt.Errorf("want one of %v", c.of)
}

// say tells the user something on standard error.
func say(cmd *cobra.Command, format string, args ...any) {
	fmt.Fprintf(cmd.ErrOrStderr(), "stemma: %s\n", oneLine(fmt.Sprintf(format, args...)))
}

// talk is say for what is no error: --quiet silences it.
func talk(cmd *cobra.Command, format string, args ...any) {
	if quiet, _ := cmd.Flags().GetBool("quiet"); !quiet {
		say(cmd, format, args...)
	}
}

// note is say for what only --verbose asks for.
func note(cmd *cobra.Command, format string, args ...any) {
	if verbose, _ := cmd.Flags().GetBool("verbose"); verbose {
		say(cmd, format, args...)
	}
}

// asked reports whether the boolean flag name is set.
func asked(cmd *cobra.Command, name string) bool {
	on, err := cmd.Flags().GetBool(name)
	return err == nil && on
}

// style returns how to colour standard output.
func style(cmd *cobra.Command) term.Style {
	when := cmd.Flags().Lookup("color").Value.String()
	return term.Style{On: term.Colour(when, cmd.OutOrStdout(), os.Getenv)}
}

// columns returns how wide lines on standard output may be.
func columns(cmd *cobra.Command) int { return term.Columns(cmd.OutOrStdout(), os.Getenv) }

// writeJSON prints v as one indented JSON object.
func writeJSON(w io.Writer, v any) error {
	buf := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	return buf.Flush()
}

// writeJSONL prints v on one line.
func writeJSONL(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// toFile creates the file path, or takes standard output for "-", and lets
// write fill it.
func toFile(cmd *cobra.Command, path string, write func(io.Writer) error) error {
	if path == "-" {
		return write(cmd.OutOrStdout())
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	buf := bufio.NewWriterSize(f, 1<<16)
	err = write(buf)
	if e := buf.Flush(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}
