package local

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func TestCreateRunsTheCommandAndKeepsItsOutputWithoutOneFinalNewline(t *testing.T) {
	server, _ := serve(t)

	made, err := create(server, t, values{"create": "echo out; echo; echo wrong >&2"})

	check(t, err)
	equal(t, "stdout", text(t, made.GetProperties(), "stdout"), "out\n")
	equal(t, "stderr", text(t, made.GetProperties(), "stderr"), "wrong")
	equal(t, "id", strings.HasPrefix(made.GetId(), "step"), true)
}

func TestNothingRunsInAPreview(t *testing.T) {
	server, _ := serve(t)
	mark := filepath.Join(t.TempDir(), "mark")
	given := values{"create": "touch " + mark, "update": "touch " + mark}

	made, err := server.Create(t.Context(), &rpc.CreateRequest{
		Urn: urn, Properties: marshal(t, given), Preview: true,
	})
	check(t, err)
	_, err = server.Update(t.Context(), &rpc.UpdateRequest{
		Urn: urn, Olds: made.GetProperties(), News: marshal(t, given), Preview: true,
	})

	check(t, err)
	if _, err := os.Stat(mark); err == nil {
		t.Error("the command ran")
	}
}

func TestUpdateRunsTheUpdateCommandWithThePreviousOutput(t *testing.T) {
	server, _ := serve(t)
	old, err := create(server, t, values{"create": "echo first; echo aside >&2"})
	check(t, err)

	changed, err := update(server, t, old, values{
		"create": "echo never", "update": `echo "$PULUMI_COMMAND_STDOUT/$PULUMI_COMMAND_STDERR"`,
	})

	check(t, err)
	equal(t, "stdout", text(t, changed.GetProperties(), "stdout"), "first/aside")
}

func TestUpdateWithoutAnUpdateCommandRunsCreateAgain(t *testing.T) {
	server, _ := serve(t)
	old, err := create(server, t, values{"create": "echo first"})
	check(t, err)

	changed, err := update(server, t, old, values{"create": "echo second"})

	check(t, err)
	equal(t, "stdout", text(t, changed.GetProperties(), "stdout"), "second")
}

func TestThePreviousOutputStaysAwayWhenAskedTo(t *testing.T) {
	server, _ := serve(t)
	old, err := create(server, t, values{"create": "echo first"})
	check(t, err)

	changed, err := update(server, t, old, values{
		"create":                 `echo "<$PULUMI_COMMAND_STDOUT>"`,
		"addPreviousOutputInEnv": false,
	})

	check(t, err)
	equal(t, "stdout", text(t, changed.GetProperties(), "stdout"), "<>")
}

func TestDeleteRunsTheCommandOfTheStateInItsOwnFolderWithItsOutput(t *testing.T) {
	server, _ := serve(t)
	folder := t.TempDir()
	old, err := create(server, t, values{
		"create": "echo made", "delete": `echo "$PULUMI_COMMAND_STDOUT" > gone`, "dir": folder,
	})
	check(t, err)

	_, err = server.Delete(t.Context(), &rpc.DeleteRequest{
		Urn: urn, Id: old.GetId(), Properties: old.GetProperties(),
	})

	check(t, err)
	equal(t, "file", file(t, filepath.Join(folder, "gone")), "made\n")
}

func TestACommandGetsItsInterpreterEnvironmentAndStandardInput(t *testing.T) {
	server, _ := serve(t)

	made, err := create(server, t, values{
		"interpreter": []any{"/bin/sh", "-c", `echo "$0 $WHO"; cat`},
		"create":      "verb",
		"environment": map[string]any{"WHO": "someone"},
		"stdin":       `{"wanted":1}`,
	})

	check(t, err)
	equal(t, "stdout", text(t, made.GetProperties(), "stdout"), "verb someone\n{\"wanted\":1}")
}

func TestAFailureSaysTheExitCodeAndWhatTheCommandSaidLast(t *testing.T) {
	server, _ := serve(t)
	script := `i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo "line $i." >&2; done; exit 3`

	_, err := create(server, t, values{"create": script})

	if err == nil {
		t.Fatal("the failure went unnoticed")
	}
	for _, want := range []string{"exit code 3", "line 31.\n", "line 50."} {
		equal(t, "names "+want, strings.Contains(err.Error(), want), true)
	}
	equal(t, "names what is long past", strings.Contains(err.Error(), "line 30."), false)
}

func TestAFailureQuotesStandardOutputOnlyWhereItMayBeLogged(t *testing.T) {
	server, _ := serve(t)

	_, open := create(server, t, values{"create": "echo telling; exit 1"})
	_, closed := create(server, t, values{"create": "echo telling; exit 1", "logging": "none"})

	equal(t, "logged", strings.Contains(open.Error(), "telling"), true)
	equal(t, "not logged", strings.Contains(closed.Error(), "telling"), false)
}

func TestAProgramThatDoesNotExistIsSaidToBeMissing(t *testing.T) {
	server, _ := serve(t)

	_, err := create(server, t, values{"interpreter": []any{"/no/such/program"}, "create": "verb"})

	equal(t, "message", strings.Contains(err.Error(), "could not be started"), true)
}

func TestTheFunctionRunsItsCommandAtOnce(t *testing.T) {
	server, _ := serve(t)

	answer, err := server.Invoke(t.Context(), &rpc.InvokeRequest{
		Tok: "command:local:run", Args: marshal(t, values{"command": "cat", "stdin": "given"}),
	})

	check(t, err)
	equal(t, "stdout", text(t, answer.GetReturn(), "stdout"), "given")
	equal(t, "command", text(t, answer.GetReturn(), "command"), "cat")
}

func TestAChangedInputIsAnUpdateAndTriggersThatComeOrGoReplace(t *testing.T) {
	server, _ := serve(t)
	before := values{"create": "true", "stdin": "a", "triggers": []any{"a"}}
	old, err := create(server, t, before)
	check(t, err)
	diff := func(after values) *rpc.DiffResponse {
		answer, err := server.Diff(t.Context(), &rpc.DiffRequest{
			Urn: urn, Id: old.GetId(), Olds: old.GetProperties(),
			OldInputs: marshal(t, before), News: marshal(t, after),
		})
		check(t, err)
		return answer
	}

	same := diff(before)
	stdin := diff(values{"create": "true", "stdin": "b", "triggers": []any{"a"}})
	// A changed element replaces too: the npm package asks the engine for that.
	triggers := diff(values{"create": "true", "stdin": "a"})

	equal(t, "same", same.GetChanges(), rpc.DiffResponse_DIFF_NONE)
	equal(t, "stdin", stdin.GetChanges(), rpc.DiffResponse_DIFF_SOME)
	equal(t, "stdin replaces", len(stdin.GetReplaces()), 0)
	equal(t, "triggers replace", len(triggers.GetReplaces()), 1)
}

func TestWhatIsNotBuiltIsRefusedByName(t *testing.T) {
	server, _ := serve(t)

	answer, err := server.Check(t.Context(), &rpc.CheckRequest{Urn: urn, News: marshal(t, values{
		"create": "true", "assetPaths": []any{"*"}, "archivePaths": []any{"*"}, "logging": "loud",
	})})

	check(t, err)
	var named []string
	for _, failure := range answer.GetFailures() {
		named = append(named, failure.GetProperty())
	}
	for _, want := range []string{"assetPaths", "archivePaths", "logging"} {
		equal(t, "refuses "+want, slices.Contains(named, want), true)
	}
}
