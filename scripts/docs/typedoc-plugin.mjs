// A plugin of typedoc: says what has to be documented.
import { Application, ReflectionKind } from 'typedoc';

function isWithin(reflection, kind) {
  return (
    reflection.parent !== undefined && (reflection.parent.kindOf(kind) || isWithin(reflection.parent, kind))
  );
}

/** Called by typedoc. */
export function load(app) {
  app.on(Application.EVENT_PROJECT_REVIVE, (project) => {
    // Every package, not only the one at the root.
    const packages = project
      .getReflectionsByKind(ReflectionKind.Module)
      .map((module) => module.packageName ?? module.name);
    app.options.setValue('packagesRequiringDocumentation', [...new Set(packages)]);
    // What is inside an anonymous type, such as the fields of an alternative of a union of messages, is
    // explained by the comment of that type and needs none of its own. Parameters are never asked for one.
    const anonymous = project
      .getReflectionsByKind(ReflectionKind.Property | ReflectionKind.CallSignature)
      .filter(
        (member) =>
          isWithin(member, ReflectionKind.TypeLiteral) && !isWithin(member, ReflectionKind.Parameter),
      )
      .filter(
        (member) => member.name !== '__type' && !member.hasComment() && member.parent?.hasComment() !== true,
      )
      .map((member) => member.getFriendlyFullName());
    app.options.setValue('intentionallyNotDocumented', [...new Set(anonymous)]);
  });
}
