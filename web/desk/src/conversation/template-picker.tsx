import { useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import type { TemplateWire, WindowWire } from '../../../../src/desk/wire';
import { useDesk } from '../lib/desk';
import { Icon } from '../ui/icons';

function preview(template: TemplateWire, values: string[]): string {
  return template.body.replace(/\{\{(\d+)\}\}/g, (blank, n: string) => {
    const place = Number(n) - 1;
    return values[place]?.trim() || (template.values[place] ? `[${template.values[place]}]` : blank);
  });
}

/** In place of the reply box when the window is closed: approved templates with their blanks, or who may still write. */
export function TemplatePicker({ templates, window }: { templates: TemplateWire[]; window: WindowWire }) {
  const desk = useDesk();
  const [chosen, setChosen] = useState<TemplateWire | undefined>(
    templates.length === 1 ? templates[0] : undefined,
  );
  const [values, setValues] = useState<string[]>([]);
  if (templates.length === 0) {
    return (
      <p className="composer-shut">
        <Icon name="clock" />
        {window.templates
          ? 'The reply window has closed and no approved templates are set up. You can write again once the customer does.'
          : 'Nobody may write here until the customer writes again. You can leave a private note.'}
      </p>
    );
  }
  const complete = chosen?.values.every((_, i) => (values[i] ?? '').trim() !== '') ?? false;
  const send = () => {
    if (!chosen || !complete) return;
    const filledIn = chosen.values.map((_, i) => (values[i] ?? '').trim());
    void desk.open.send({
      text: preview(chosen, filledIn),
      visibility: 'public',
      template: { name: chosen.name, language: chosen.language, values: filledIn },
    });
    setValues([]);
  };
  return (
    <div className="template">
      <div className="template-list" role="group" aria-label="Templates">
        {templates.map((template) => (
          <Button
            key={`${template.name}/${template.language}`}
            className={`button small ${template === chosen ? 'chosen' : ''}`}
            onPress={() => {
              setChosen(template);
              setValues([]);
            }}
          >
            {template.name} · {template.language}
          </Button>
        ))}
      </div>
      {chosen ? (
        <>
          <div className="template-fields">
            {chosen.values.map((label, i) => (
              <TextField
                key={label}
                isRequired
                value={values[i] ?? ''}
                onChange={(value) =>
                  setValues((before) => chosen.values.map((_, n) => (n === i ? value : (before[n] ?? ''))))
                }
              >
                <Label>{label}</Label>
                <Input className="input" />
              </TextField>
            ))}
          </div>
          <p className="template-preview" dir="auto">
            {preview(chosen, values)}
          </p>
          <Button className="button primary" isDisabled={!complete} onPress={send}>
            <Icon name="send" /> Send template
          </Button>
        </>
      ) : (
        <p className="quiet">The reply window has closed: choose an approved template.</p>
      )}
    </div>
  );
}
