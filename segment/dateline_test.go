package segment

import "testing"

func TestDateline(t *testing.T) {
	for text, want := range map[string]string{
		"VARO, 3 May 2031 — Talks ended.":                                                                     "VARO, 3 May 2031 —",
		"PORT ANSEL, Osvia (Meridwire) – Talks ended.":                                                        "PORT ANSEL, Osvia (Meridwire) –",
		"Varo (Meridwire) -- Talks ended.":                                                                    "Varo (Meridwire) --",
		"Port Ansel (Osvia Wire) - Talks ended, the envoy said.":                                              "Port Ansel (Osvia Wire) -",
		"The envoy — who is ill — said talks had ended.":                                                      "",
		"RIO de VARO, Dec. 2 (The Wire of Osvia) - Talks ended.":                                              "RIO de VARO, Dec. 2 (The Wire of Osvia) -",
		"No deal in Varo\n\nVARO — Talks ended.":                                                              "VARO —",
		"Varo — the capital — was calm.":                                                                      "",
		"NATO chief Anna Holt (left) — here in Varo — spoke.":                                                 "",
		"NORD-OST is a musical.":                                                                              "",
		"The talks ended. VARO — is the capital.":                                                             "",
		"\"VARO — at last,\" she said.":                                                                       "",
		"He left.\nHe came.\nHe left.\nHe came.\nHe left.\nHe came.\nHe left.\nHe came.\nVARO — Talks ended.": "",
	} {
		sents, toks := Split(text)
		got := ""
		for _, s := range sents {
			if s.Dateline > 0 {
				got += text[toks[s.FirstToken].Start:toks[s.FirstToken+s.Dateline-1].End]
			}
		}
		if got != want {
			t.Errorf("dateline %q, want %q: %s", got, want, text)
		}
	}
}
