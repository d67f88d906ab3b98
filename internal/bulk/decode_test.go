package bulk

import (
	"encoding/json"
	"reflect"
	"testing"

	"stemma"
)

// FuzzDecode holds decode against json.Unmarshal.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		`{"id":"a","source":"s","outlet":"Port Gazette","published":{"from":"2031-03-05T00:00:00Z","to":"2031-03-06T00:00:00Z"},"text":"“Yes,” he said.\n\nNo \"more\"\u2014\/."}`,
		`{"id":"a","authors":["Ada {Roe}","B]"],"text":"x"} `, `{"text":"\ud83d\ude00","more":1}`, `{"Text":"x"}`, `{"text":"a","text":"b"}`, `{"text":null}`, `{"text":"` + "\xff" + `"}`,
		`{"fetched":"2031-03-05T00:00:00Z","language":"en"}`, `{}`, `{"text":"x"}x`, `{"text":"x",}`, `{"text":"\u00"}`, `{"text":"\`, `{"published":]`, `{"text":"a`, `{"published":{}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var got, want stemma.Report
		err, wantErr := decode(line, &got), json.Unmarshal(line, &want)
		if (err == nil) != (wantErr == nil) || wantErr == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %+v %v, want %+v %v", line, got, err, want, wantErr)
		}
	})
}
