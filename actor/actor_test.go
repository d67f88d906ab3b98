package actor_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"stemma"
	"stemma/actor"
	"stemma/internal/spantest"
	"stemma/internal/testenv"
	"stemma/segment"
	"stemma/tag"
)

func annotate(source, text string) *stemma.Document {
	d := &stemma.Document{Report: &stemma.Report{ID: stemma.NewReportID(source, text), Source: source, Text: text}}
	d.Sentences, d.Tokens = segment.Split(text)
	d.Tags, d.Names = tag.Find(d)
	d.Mentions = actor.Find(d)
	return d
}

// who returns the actor of the words of s, as if they were a speaker.
func who(d *stemma.Document, s stemma.Span) stemma.ActorID {
	sts := actor.Resolve(d, []stemma.Statement{{Span: s, Speaker: s, Kind: stemma.Indirect}})
	return sts[0].Actor
}

func TestActorsAcrossReports(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			a, err := txtar.ParseFile("testdata/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			var docs []*stemma.Document
			var marks [][]spantest.Mark
			for _, f := range a.Files {
				text, m, err := spantest.Parse(string(f.Data))
				if err != nil {
					t.Fatal(err)
				}
				docs = append(docs, annotate(f.Name, text))
				marks = append(marks, m)
			}
			linked, _ := actor.Link(docs, nil)
			for i, d := range linked {
				if err := d.Check(); err != nil {
					t.Error(err)
				}
				for _, m := range marks[i] {
					if got := who(d, m.Span); got != stemma.ActorID(m.Label) {
						t.Errorf("%s: %q in …%s… is %q, want %q", a.Files[i].Name, d.Text(m.Span), around(d, m.Span), got, m.Label)
					}
				}
			}
		})
	}
}

func around(d *stemma.Document, s stemma.Span) string {
	t := d.Report.Text
	return strings.ReplaceAll(strings.ToValidUTF8(t[max(0, s.Start-30):min(len(t), s.End+30)], ""), "\n", " ")
}

// The speakers of the two real reports, as gold.json has them. Each row is the
// words around the speaker, with the speaker in brackets.
func TestSpeakersOfTheSeeds(t *testing.T) {
	read := func(name string) *stemma.Document {
		b, err := os.ReadFile(testenv.Shared(t, "seeds", name))
		if err != nil {
			t.Fatal(err)
		}
		return annotate(name, string(b))
	}
	docs, actors := actor.Link([]*stemma.Document{
		read("000_b30bf6e8da73e073.txt"), read("001_bd595c01e11d1c26.txt"),
	}, nil)
	name := map[stemma.ActorID]string{}
	for _, a := range actors {
		name[a.ID] = a.Name
	}
	rows := []struct {
		doc          int
		before, said string
		want         string
	}{
		{0, "hours after ", "President Vladimir Putin", "Vladimir Putin"},
		{0, "“constructive”, ", "the Kremlin", "Kremlin"},
		{0, "peace effort? ", "Kremlin foreign policy aide Yuri Ushakov", "Yuri Ushakov"},
		{0, "to be done.”\n\n", "Yuri Ushakov", "Yuri Ushakov"},
		{0, "will continue.”\n\n", "He", "Yuri Ushakov"},
		{0, "quoted ", "him", "Vladimir Putin"},
		{0, "negotiate with,” ", "a Kremlin aide", "Kremlin aide"},
		{0, "as saying.\n\n", "The Russian president", "Vladimir Putin"},
		{0, "criminal, ", "he", "Vladimir Putin"},
		{0, "showed ", "the American envoy", "Steve Witkoff"},
		{0, "cited by ", "Bloomberg", "Bloomberg"},
		{0, "while ", "Dmitriev", "Kirill Dmitriev"},
		{0, "push? ", "Ukrainian President Volodymyr Zelensky", "Volodymyr Zelensky"},
		{0, "talks,” ", "he", "Volodymyr Zelensky"},
		{0, "officials. ", "He", "Volodymyr Zelensky"},
		{0, "Monday, ", "he", "Volodymyr Zelensky"},
		{0, "Macron.\n\n", "He", "Volodymyr Zelensky"},
		{0, "track? ", "Yuri Ushakov", "Yuri Ushakov"},
		{0, "being made”. ", "The Kremlin", "Kremlin"},
		{1, "hours after ", "President Vladimir Putin", "Vladimir Putin"},
		{1, "“constructive”, ", "the Kremlin", "Kremlin"},
		{1, "Ukraine?\n", "Kremlin foreign policy aide Yuri Ushakov", "Yuri Ushakov"},
		{1, "demands\n", "Ushakov", "Yuri Ushakov"},
		{1, "will continue.”\n", "He", "Yuri Ushakov"},
		{1, "quoted ", "him", "Vladimir Putin"},
		{1, "negotiate with,” ", "the Kremlin adviser", "Kremlin adviser"},
		{1, "as saying.\n", "The Russian president", "Vladimir Putin"},
		{1, "naval attacks. ", "He", "Vladimir Putin"},
		{1, "showed ", "the U.S. envoy", "Steve Witkoff"},
		{1, "cited by ", "Bloomberg", "Bloomberg"},
		{1, "while ", "Dmitriev", "Kirill Dmitriev"},
		{1, "pressure?\n", "Ukrainian President Zelensky", "Volodymyr Zelensky"},
		{1, "talks,” ", "he", "Volodymyr Zelensky"},
		{1, "Moscow\n", "Zelenskyy", "Volodymyr Zelensky"},
		{1, "Monday, ", "he", "Volodymyr Zelensky"},
		{1, "Macron.\n", "He", "Volodymyr Zelensky"},
		{1, "trail?\n", "Ushakov", "Yuri Ushakov"},
		{1, "is made.” ", "The Kremlin", "Kremlin"},
		{1, "conditions.\n", "Zelenskyy", "Volodymyr Zelensky"},
		{1, "stated that ", "he", "Volodymyr Zelensky"},
	}
	for _, row := range rows {
		d := docs[row.doc]
		at := strings.Index(d.Report.Text, row.before+row.said)
		if at < 0 {
			t.Errorf("no %q", row.before+row.said)
			continue
		}
		at += len(row.before)
		if got := name[who(d, stemma.Span{Start: at, End: at + len(row.said)})]; got != row.want {
			t.Errorf("report %d: %s[%s] is %q, want %q", row.doc, row.before, row.said, got, row.want)
		}
	}
}

func TestLinkIgnoresOrder(t *testing.T) {
	a, err := txtar.ParseFile("testdata/pair.txt")
	if err != nil {
		t.Fatal(err)
	}
	var docs []*stemma.Document
	for _, f := range a.Files {
		text, _, _ := spantest.Parse(string(f.Data))
		docs = append(docs, annotate(f.Name, text))
	}
	_, one := actor.Link(docs, nil)
	slices.Reverse(docs)
	_, two := actor.Link(docs, nil)
	if fmt.Sprint(one) != fmt.Sprint(two) {
		t.Errorf("the order of the reports changes the actors:\n%v\n%v", one, two)
	}
}

func indexOf(t *testing.T, text, words string) int {
	t.Helper()
	i := strings.LastIndex(text, words)
	if i < 0 {
		t.Fatalf("no %q in %q", words, text)
	}
	return i
}

// A role has the body and the country it belongs to; titles of courtesy are
// no roles.
func TestRoles(t *testing.T) {
	text := `"We urge both to wait," State Department spokeswoman Carla Reyes said. Tarsia's Foreign Minister Ivan Kerelov agreed. ` +
		`Mrs Brandt did not. Her spokesman, Jonas Lind, said why.`
	_, actors := actor.Link([]*stemma.Document{annotate("a.txt", text)}, nil)
	for name, want := range map[string]string{"Carla Reyes": "State Department spokeswoman", "Ivan Kerelov": "Tarsia's Foreign Minister", "Brandt": "", "Jonas Lind": "spokesman"} {
		i := slices.IndexFunc(actors, func(a stemma.Actor) bool { return a.Name == name })
		if i < 0 {
			t.Errorf("nobody is called %s", name)
		} else if got := strings.Join(actors[i].Roles, ", "); got != want {
			t.Errorf("the role of %s is %q, want %q", name, got, want)
		}
	}
}

// A name that a dateline has in capitals is that of the text.
func TestNameInCapitals(t *testing.T) {
	_, actors := actor.Link([]*stemma.Document{annotate("a.txt", "ORVALA, 14 May — Envoys met in Orvala on Monday. ORVALA is calm.")}, nil)
	i := slices.IndexFunc(actors, func(a stemma.Actor) bool { return a.ID == "orvala" })
	if i < 0 || actors[i].Name != "Orvala" || len(actors[i].Aliases) > 0 {
		t.Errorf("actors %v, want one called Orvala", actors)
	}
}
