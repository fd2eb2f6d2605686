package local

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func TestLinesReachTheLogWhileTheCommandStillRuns(t *testing.T) {
	server, talking := serve(t)
	path, open := gate(t)
	done := make(chan error)

	go func() {
		_, err := create(server, t, values{"create": "echo first; read x < " + path + "; echo second"})
		done <- err
	}()
	// Arrives only if the line is handed on before the command has ended.
	equal(t, "first line", <-talking.lines, "first")
	open()

	check(t, <-done)
	equal(t, "second line", <-talking.lines, "second")
}

func TestTheLogHoldsTheStreamsThatWereAskedFor(t *testing.T) {
	for logging, want := range map[string][]string{
		"stdoutAndStderr": {"err", "out"},
		"stdout":          {"out"},
		"stderr":          {"err"},
		"none":            nil,
	} {
		server, talking := serve(t)

		made, err := create(server, t, values{"create": "echo out; printf err >&2", "logging": logging})

		check(t, err)
		lines := talking.logged()
		slices.Sort(lines)
		if !slices.Equal(lines, want) {
			t.Errorf("%s: logged %q, want %q", logging, lines, want)
		}
		equal(t, "stdout is kept", text(t, made.GetProperties(), "stdout"), "out")
	}
}

func TestALineLongerThanTheLimitIsLoggedInPieces(t *testing.T) {
	server, talking := serve(t)

	_, err := create(server, t, values{"create": "head -c 300000 /dev/zero | tr '\\0' x"})

	check(t, err)
	equal(t, "all of it", len(strings.Join(talking.logged(), "")), 300_000)
	equal(t, "in pieces", len(talking.logged()) > 1, true)
}

func TestSecretsStandardInputAndEnvironmentStayOutOfTheLogAndOfFailures(t *testing.T) {
	server, talking := serve(t)
	given := values{
		"create":      `echo "password is $PASSWORD"; cat >&2; exit 1`,
		"environment": map[string]any{"PASSWORD": secret("geheim-1")},
		"stdin":       secret("geheim-2\ngeheim-3\n"),
	}

	_, err := create(server, t, given)

	said := err.Error() + strings.Join(talking.logged(), "\n")
	equal(t, "a secret is told", strings.Contains(said, "geheim"), false)
	equal(t, "its place is shown", strings.Contains(said, "password is [secret]"), true)
}

func TestWhatACommandSaidBeforeIsNoSecretOfItsNextRun(t *testing.T) {
	server, talking := serve(t)
	given := values{"create": "echo done; cat", "stdin": secret("geheim")}
	old, err := create(server, t, given)
	check(t, err)

	_, err = update(server, t, old, given)

	check(t, err)
	said := talking.logged()
	equal(t, "both runs", strings.Join(said, " "), "done [secret] done [secret]")
}

func TestASilentCommandLeavesNothingOfItsInputsInTheLog(t *testing.T) {
	server, talking := serve(t)

	_, err := create(server, t, values{
		"create":      "cat > /dev/null; exit 1",
		"environment": map[string]any{"PLAIN": "plain-environment"},
		"stdin":       "plain-input",
	})

	said := err.Error() + strings.Join(talking.logged(), "\n")
	equal(t, "inputs are told", strings.Contains(said, "plain-"), false)
}

func TestTheOutputIsSecretWhenAnyInputIs(t *testing.T) {
	server, _ := serve(t)

	hidden, err := create(server, t, values{"create": "cat", "stdin": secret("geheim")})
	check(t, err)
	open, err := create(server, t, values{"create": "cat", "stdin": "public"})
	check(t, err)

	for _, name := range []resource.PropertyKey{"stdout", "stderr", "stdin"} {
		equal(t, string(name), unmarshal(t, hidden.GetProperties())[name].IsSecret(), true)
		equal(t, string(name), unmarshal(t, open.GetProperties())[name].IsSecret(), false)
	}
}
