package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// magic are the first bytes of files that are no text but often lie among it.
var magic = []struct{ start, what string }{
	{"%PDF-", "a PDF file"},
	{"PK\x03\x04", "a ZIP or office file"},
	{"\x1f\x8b", "a gzip file"},
	{"\x89PNG", "a PNG picture"},
	{"\xff\xd8\xff", "a JPEG picture"},
	{"GIF8", "a GIF picture"},
	{"\x28\xb5\x2f\xfd", "a zstd file"},
	{"\xd0\xcf\x11\xe0", "an old office file"},
	{"SQLite format 3", "a database"},
	{"\x7fELF", "a program"},
}

// Decode returns data as text in UTF-8 with "\n" at the ends of lines. It
// knows UTF-8, with or without a byte order mark, UTF-16, and Windows-1252, of
// which Latin-1 is a part as far as text goes. It returns an error that says
// what data is if it is no text.
func Decode(data []byte) (string, error) {
	if len(data) == 0 {
		return "", errors.New("empty")
	}
	for _, m := range magic {
		if bytes.HasPrefix(data, []byte(m.start)) {
			return "", errors.New(m.what + ", not text")
		}
	}
	text, err := toUTF8(data)
	if err != nil {
		return "", err
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", fmt.Errorf("binary: a NUL byte at %d", i)
	}
	if n := countControls(text); n > 8 && n*20 > len(text) {
		return "", errors.New("binary: full of control characters")
	}
	return unixLines(text), nil
}

func toUTF8(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fromUTF16(data[2:], binary.BigEndian)
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", fmt.Errorf("binary: a NUL byte at %d", bytes.IndexByte(data, 0))
	}
	// Bytes above 0x7f that are not UTF-8. Text in Windows-1252 has next to
	// none that happen to be; text in UTF-8 that was damaged has many.
	valid, invalid, first := 0, 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if invalid == 0 {
				first = i
			}
			invalid++
		case size > 1:
			valid++
		}
		i += size
	}
	if valid*4 > invalid {
		return "", fmt.Errorf("not valid UTF-8: byte 0x%02x at %d, line %d", data[first], first, 1+bytes.Count(data[:first], []byte("\n")))
	}
	for _, b := range []byte{0x81, 0x8d, 0x8f, 0x90, 0x9d} { // no characters in Windows-1252
		if i := bytes.IndexByte(data, b); i >= 0 {
			return "", fmt.Errorf("neither UTF-8 nor Windows-1252: byte 0x%02x at %d", b, i)
		}
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(text), err
}

func fromUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", errors.New("not valid UTF-16: an odd number of bytes")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// countControls counts control characters that text does not use.
func countControls(text string) int {
	n := 0
	for i := range len(text) {
		if b := text[i]; b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' || b == 0x7f {
			n++
		}
	}
	return n
}

func unixLines(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
