// A plugin of typedoc: says what has to be documented.
import { Application, ReflectionKind } from 'typedoc';

function isWithin(reflection, kind) {
  return (
    reflection.parent !== undefined && (reflection.parent.kindOf(kind) || isWithin(reflection.parent, kind))
  );
}

function isDocumented(member) {
  return (
    member.hasComment() ||
    (member.kindOf(ReflectionKind.CallSignature) && member.parent?.hasComment() === true)
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
    // explained by the comment of that type; what overrides a member, such as the name of an error, by the
    // comment of that member. Parameters are never asked for a comment.
    const explained = project
      .getReflectionsByKind(ReflectionKind.Property | ReflectionKind.CallSignature)
      .filter((member) => member.name !== '__type' && !isDocumented(member))
      .filter((member) => isWithin(member, ReflectionKind.TypeLiteral) || member.overwrites !== undefined)
      .filter((member) => !isWithin(member, ReflectionKind.Parameter))
      .map((member) => member.getFriendlyFullName());
    app.options.setValue('intentionallyNotDocumented', [...new Set(explained)]);
  });
}
