/** The entity reference of a template. */
export function templateRefOf(template: {
  namespace: string;
  templateName: string;
}): string {
  return `template:${template.namespace}/${template.templateName}`.toLocaleLowerCase(
    'en-US',
  );
}
