// A plugin of typedoc: the fields of an anonymous type, such as an alternative of a union of messages, are
// explained by the comment of that type; they need none of their own.
import { Application, ReflectionKind } from 'typedoc';

/** Called by typedoc. */
export function load(app) {
  app.on(Application.EVENT_PROJECT_REVIVE, (project) => {
    const fields = project
      .getReflectionsByKind(ReflectionKind.Property)
      .filter((field) => field.parent?.kindOf(ReflectionKind.TypeLiteral) && !field.hasComment())
      .map((field) => field.getFriendlyFullName());
    app.options.setValue('intentionallyNotDocumented', [...new Set(fields)]);
  });
}
