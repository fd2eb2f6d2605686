package local

import (
	"bytes"
	"strings"
)

const (
	// A line longer than this goes to the log in pieces, so that a flood does not fill the memory.
	longestLine = 64 * 1024
	// How much of the end of the output a failure quotes.
	tailLines = 20
	tailBytes = 4 * 1024
)

// stream keeps what a command writes and hands complete lines to the log.
type stream struct {
	kept   bytes.Buffer
	line   bytes.Buffer
	log    func(line string)
	logged bool
}

func newStream(log func(line string), logged bool) *stream {
	return &stream{log: log, logged: logged}
}

// Write is called by one goroutine per stream.
func (s *stream) Write(part []byte) (int, error) {
	s.kept.Write(part)
	if !s.logged {
		return len(part), nil
	}
	for rest := part; len(rest) > 0; {
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			s.line.Write(rest)
			break
		}
		s.line.Write(rest[:end])
		s.flush()
		rest = rest[end+1:]
	}
	if s.line.Len() > longestLine {
		s.flush()
	}
	return len(part), nil
}

func (s *stream) flush() {
	// The engine shows nothing for an empty line.
	if s.line.Len() > 0 {
		s.log(s.line.String())
	}
	s.line.Reset()
}

// finish logs a last line that no newline ended.
func (s *stream) finish() {
	s.flush()
}

// withoutNewline is everything that was written, less one final newline.
func (s *stream) withoutNewline() string {
	return strings.TrimSuffix(s.kept.String(), "\n")
}

// tail is the end of what was written: whole lines, as far as the limits allow.
func (s *stream) tail() string {
	text := strings.TrimRight(s.kept.String(), "\n")
	if len(text) > tailBytes {
		text = text[len(text)-tailBytes:]
		if _, whole, found := strings.Cut(text, "\n"); found {
			text = whole
		}
	}
	lines := strings.Split(text, "\n")
	if len(lines) > tailLines {
		lines = lines[len(lines)-tailLines:]
	}
	return strings.Join(lines, "\n")
}
