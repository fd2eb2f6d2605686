package local

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration/fake"
	pprovider "github.com/pulumi/pulumi/pkg/v3/resource/provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

const urn = "urn:pulumi:dev::trial::command:local:Command::step"

type values = map[string]any

// engine is the side of Pulumi's engine that a plugin talks to; it hands on what is logged.
type engine struct {
	*fake.EngineServer
	lines chan string
}

func (e *engine) Log(ctx context.Context, line *rpc.LogRequest) (*emptypb.Empty, error) {
	e.lines <- line.GetMessage()
	return e.EngineServer.Log(ctx, line)
}

// logged gives everything that was logged.
func (e *engine) logged() []string {
	var lines []string
	for _, line := range e.Logs() {
		lines = append(lines, line.GetMessage())
	}
	return lines
}

// serve runs the plugin behind its real interface, with an engine to talk to.
func serve(t *testing.T) (rpc.ResourceProviderServer, *engine) {
	t.Helper()
	talking := &engine{fake.NewEngineServer(), make(chan string, 1000)}
	address, _, err := fake.StartEngineServer(t.Context(), talking)
	check(t, err)
	host, err := pprovider.NewHostClient(address)
	check(t, err)
	t.Cleanup(func() { _ = host.Close() })
	provider, err := Provider()
	check(t, err)
	server, err := p.RawServer("command", "1.2.1", provider)(host)
	check(t, err)
	return server, talking
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var wire = plugin.MarshalOptions{KeepSecrets: true, KeepUnknowns: true}

func marshal(t *testing.T, given values) *structpb.Struct {
	t.Helper()
	properties := resource.PropertyMap{}
	for name, value := range given {
		properties[resource.PropertyKey(name)] = resource.NewPropertyValue(value)
	}
	message, err := plugin.MarshalProperties(properties, wire)
	check(t, err)
	return message
}

func secret(value any) resource.PropertyValue {
	return resource.MakeSecret(resource.NewPropertyValue(value))
}

func unmarshal(t *testing.T, message *structpb.Struct) resource.PropertyMap {
	t.Helper()
	properties, err := plugin.UnmarshalProperties(message, wire)
	check(t, err)
	return properties
}

func create(
	server rpc.ResourceProviderServer, t *testing.T, given values,
) (*rpc.CreateResponse, error) {
	t.Helper()
	return server.Create(t.Context(), &rpc.CreateRequest{Urn: urn, Properties: marshal(t, given)})
}

func update(
	server rpc.ResourceProviderServer, t *testing.T, old *rpc.CreateResponse, given values,
) (*rpc.UpdateResponse, error) {
	t.Helper()
	return server.Update(t.Context(), &rpc.UpdateRequest{
		Urn: urn, Id: old.GetId(), Olds: old.GetProperties(), News: marshal(t, given),
	})
}

func text(t *testing.T, message *structpb.Struct, name string) string {
	t.Helper()
	value := unmarshal(t, message)[resource.PropertyKey(name)]
	if value.IsSecret() {
		value = value.SecretValue().Element
	}
	return value.StringValue()
}

// gate is a place where a command waits until the test lets it go on.
func gate(t *testing.T) (path string, open func()) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "gate")
	check(t, syscall.Mkfifo(path, 0o600))
	return path, func() {
		check(t, os.WriteFile(path, []byte("go\n"), 0o600))
	}
}

func file(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	check(t, err)
	return string(content)
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
