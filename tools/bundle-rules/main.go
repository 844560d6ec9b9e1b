// Holds dist/bundle to the rules that the operator framework publishes. Needs Go, and takes minutes the first time:
//
//	(cd tools/bundle-rules && go run . ../../dist/bundle)
//
// One warning is known to be wrong: a right on events.k8s.io is taken for a use of its v1beta1.
package main

import (
	"fmt"
	"os"

	"github.com/operator-framework/api/pkg/manifests"
	"github.com/operator-framework/api/pkg/validation"
	validator "github.com/operator-framework/api/pkg/validation/interfaces"
)

func main() {
	bundle, err := manifests.GetBundleFromDir(os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	rules := []validator.Validator{
		validation.BundleValidator,
		validation.ClusterServiceVersionValidator,
		validation.CustomResourceDefinitionValidator,
		validation.OperatorHubV2Validator,
		validation.StandardCapabilitiesValidator,
		validation.StandardCategoriesValidator,
		validation.ObjectValidator,
		validation.GoodPracticesValidator,
	}
	broken := 0
	for _, rule := range rules {
		for _, result := range rule.Validate(bundle.ObjectsToValidate()...) {
			broken += len(result.Errors)
			for _, fault := range result.Errors {
				fmt.Println("error:", fault.Error())
			}
			for _, fault := range result.Warnings {
				fmt.Println("warning:", fault.Error())
			}
		}
	}
	fmt.Printf("%d rules broken\n", broken)
	if broken > 0 {
		os.Exit(1)
	}
}
