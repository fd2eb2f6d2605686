// Package shim hands out the Terraform provider. It carries the provider's own module path so that
// Go lets it import the provider's internal package.
package shim

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/terraform-providers/terraform-provider-docker/internal/provider"
)

// New returns the Terraform provider for Docker; version is what it names itself in user agents.
func New(version string) *schema.Provider {
	return provider.New(version)()
}
