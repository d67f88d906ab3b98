package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"stemma"
	"stemma/extract"
	"stemma/ingest"
	"stemma/quote"
	"stemma/record"
	"stemma/tag"
)

func newAnnotate() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "annotate [FLAGS] [REPORTS.jsonl]",
		DisableFlagsInUseLine: true,
		Short:                 "Turn reports into documents, line by line",
		Long: `Annotate reads reports as JSON lines, from a file or from standard input, and
prints the document of each on a line of its own, in the same order: the report
as it was given, its sentences, tokens, names, mentions, times, statements and
events. Spans are bytes of the text exactly as given. Nothing is compared
between reports: the line out depends on the line in alone.

A line that is no report gives {"line":N,"error":"…"} in its place; the rest
goes on, and the exit code says that something was left out. Empty lines are
passed over.`,
		Example: `  stemma annotate reports.jsonl > documents.jsonl
  zcat day.jsonl.gz | stemma annotate --workers 2 | jq .statements`,
		Args: cobra.MaximumNArgs(1),
		RunE: runAnnotate,
	}
	cmd.Flags().Int("workers", runtime.GOMAXPROCS(0), "annotate `N` reports at a time")
	cmd.Flags().StringArray("model", nil, "use the model in `FILE` for the one of its kind in the program; may be given again")
	return cmd
}

func runAnnotate(cmd *cobra.Command, args []string) error {
	workers, _ := cmd.Flags().GetInt("workers")
	if workers < 1 {
		return usageError(fmt.Errorf("--workers %d: at least one is needed", workers))
	}
	files, _ := cmd.Flags().GetStringArray("model")
	annotator, err := loadModels(files)
	if err != nil {
		return err
	}
	in := cmd.InOrStdin()
	if len(args) == 1 && args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	read, failed, err := annotateLines(in, cmd.OutOrStdout(), workers, annotator)
	if err != nil {
		return err
	}
	if failed > 0 {
		return (&problems{read: read, failed: failed}).Err()
	}
	return nil
}

// loadModels returns the annotator that uses the models in files.
func loadModels(files []string) (record.Annotator, error) {
	var models [][]byte
	var statements *quote.Model
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return record.Annotator{}, err
		}
		m, err := quote.Open(data)
		if err != nil { // of another kind
			models = append(models, data)
			continue
		}
		if err := m.Verify(); err != nil {
			return record.Annotator{}, fmt.Errorf("--model: %w", err)
		}
		statements = m
	}
	tagger, err := tag.With(models...)
	if err != nil {
		return record.Annotator{}, fmt.Errorf("--model: %w", err)
	}
	return record.Annotator{Tagger: tagger, Statements: statements}, nil
}

// batchBytes is how many bytes of lines are annotated together at most, if there
// are more than one: what the cache holds documents of.
const batchBytes = 100_000

// A lineJob is one line on its way through annotateLines.
type lineJob struct {
	number int
	line   []byte
	long   bool
	out    []byte
	failed bool
	done   chan struct{}
}

// annotateLines annotates the reports of in, workers at a time, and writes the
// documents to out in order. It holds some lines for each worker, however long in
// is.
func annotateLines(in io.Reader, out io.Writer, workers int, annotator record.Annotator) (read, failed int, err error) {
	var (
		todo  = make(chan *lineJob, record.BatchSize*workers)
		queue = make(chan *lineJob, 2*record.BatchSize*workers) // in order
		stop  = make(chan struct{})
		broke error // why reading ended early; good once queue is closed
	)
	for range workers {
		go func() {
			for job := range todo {
				batch := append(make([]*lineJob, 0, record.BatchSize), job)
				for size := len(job.line); len(batch) < record.BatchSize && size < batchBytes; {
					select {
					case job := <-todo:
						if job != nil {
							batch, size = append(batch, job), size+len(job.line)
							continue
						}
					default:
					}
					break // no more are waiting
				}
				annotateBatch(batch, annotator)
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(todo)
		lines := bufio.NewReaderSize(in, 1<<16)
		for n := 1; ; n++ {
			line, long, err := boundedLine(lines, ingest.MaxReport)
			if long || len(bytes.TrimSpace(line)) > 0 {
				job := &lineJob{number: n, line: line, long: long, done: make(chan struct{})}
				select {
				case queue <- job:
					todo <- job
				case <-stop:
					return
				}
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					broke = err
				}
				return
			}
		}
	}()
	w := bufio.NewWriterSize(out, 1<<16)
	for job := range queue {
		<-job.done
		if err != nil {
			continue // drain, so that the reader ends
		}
		if job.failed {
			failed++
		} else {
			read++
		}
		if _, err = w.Write(job.out); err != nil {
			close(stop)
		}
	}
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = broke
	}
	return read, failed, err
}

// annotateBatch fills out of all jobs.
func annotateBatch(jobs []*lineJob, annotator record.Annotator) {
	var read []*lineJob
	var reports []*stemma.Report
	for _, job := range jobs {
		if rep, err := job.report(); err != nil {
			job.fail(err)
		} else {
			read, reports = append(read, job), append(reports, rep)
		}
	}
	docs, errs := annotator.Try(reports)
	for i, job := range read {
		if errs[i] != nil {
			job.fail(errs[i])
		} else {
			job.print(docs[i])
		}
	}
	for _, job := range jobs {
		job.line = nil
		close(job.done)
	}
}

// report reads the line.
func (job *lineJob) report() (*stemma.Report, error) {
	if job.long {
		return nil, fmt.Errorf("more than %d bytes", ingest.MaxReport)
	}
	return extract.JSON(job.line)
}

// fail fills out with err.
func (job *lineJob) fail(err error) {
	job.failed = true
	job.out, _ = json.Marshal(struct {
		Line  int    `json:"line"`
		Error string `json:"error"`
	}{job.number, err.Error()})
	job.out = append(job.out, '\n')
}

// print fills out with doc.
func (job *lineJob) print(doc *stemma.Document) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(doc); err != nil {
		job.fail(err)
		return
	}
	job.out = b.Bytes()
}

// boundedLine returns the next line in memory of its own, without its end. Of a
// line longer than limit it keeps nothing and says so.
func boundedLine(in *bufio.Reader, limit int) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if !long && len(line)+len(part) > limit {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}
