// A plugin of typedoc: says what has to be documented.
import { Application, ReflectionKind } from 'typedoc';

/** Called by typedoc. */
export function load(app) {
  app.on(Application.EVENT_PROJECT_REVIVE, (project) => {
    // Every package, not only the one at the root.
    const packages = project
      .getReflectionsByKind(ReflectionKind.Module)
      .map((module) => module.packageName ?? module.name);
    app.options.setValue('packagesRequiringDocumentation', [...new Set(packages)]);
    // The fields of an anonymous type, such as an alternative of a union of messages, are explained by the
    // comment of that type; they need none of their own.
    const fields = project
      .getReflectionsByKind(ReflectionKind.Property)
      .filter((field) => field.parent?.kindOf(ReflectionKind.TypeLiteral) && !field.hasComment())
      .map((field) => field.getFriendlyFullName());
    app.options.setValue('intentionallyNotDocumented', [...new Set(fields)]);
  });
}
