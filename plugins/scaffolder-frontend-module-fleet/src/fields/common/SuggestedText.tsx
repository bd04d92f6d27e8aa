import { Combobox } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

/** A text that may be taken from the suggestions, and what helps to choose it. */
export interface Suggestion {
  text: string;
  description?: string;
}

/**
 * A text field with suggestions that takes any text.
 *
 * The text is held here and not in the form, because forms answer a change late: a combobox whose text lags behind takes
 * the late text for typing and opens its suggestions again, which hides the rest of the page from assistive technology.
 */
export function SuggestedText(props: {
  id?: string;
  label: string;
  description?: string;
  placeholder?: string;
  required?: boolean;
  requiredLabel?: string;
  disabled?: boolean;
  /** Id of what says what is wrong with the text; the text is marked as wrong. */
  problemId?: string;
  suggestions: Suggestion[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const [text, setText] = useFormText(props.value, props.onChange);
  return (
    <Combobox
      id={props.id}
      label={props.label}
      secondaryLabel={props.required ? props.requiredLabel : undefined}
      description={props.description}
      placeholder={props.placeholder}
      isDisabled={props.disabled}
      isRequired={props.required}
      isInvalid={props.problemId !== undefined}
      aria-describedby={props.problemId}
      allowsCustomValue
      // Focus alone does not cover the page with suggestions; typing and the arrow keys do.
      menuTrigger="input"
      options={props.suggestions.map(suggestion => ({
        id: suggestion.text,
        label: suggestion.text,
        description: suggestion.description,
      }))}
      inputValue={text}
      onInputChange={setText}
    />
  );
}

/** The text as it is typed, told to the form without its outer spaces, and replaced by what others put into the form. */
function useFormText(
  value: string | undefined,
  onChange: (value: string | undefined) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(value ?? '');
  // Values told to the form that have not come back yet.
  const told = useRef<Array<string | undefined>>([value]);
  useEffect(() => {
    const at = told.current.lastIndexOf(value);
    if (at === -1) {
      told.current = [value];
      setText(value ?? '');
    } else {
      told.current = told.current.slice(at);
    }
  }, [value]);
  return [
    text,
    next => {
      const trimmed = next.trim() || undefined;
      setText(next);
      told.current.push(trimmed);
      onChange(trimmed);
    },
  ];
}
