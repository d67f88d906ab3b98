//go:build !unix

package collate

import "testing"

func measureCPU(*testing.B) func() { return func() {} }
