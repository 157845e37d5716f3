import { render } from '../../src/channels/whatsapp-cloud/render';
import type { ChoiceOption } from '../../src/core/content';

const options = (n: number, more: Partial<ChoiceOption> = {}): ChoiceOption[] =>
  Array.from({ length: n }, (_, i) => ({ id: `t1:${i}`, title: `Option ${i + 1}`, ...more }));
const interactive = (payload: ReturnType<typeof render>[number] | undefined) => {
  const message = payload?.message;
  if (message?.type !== 'interactive') throw new Error('not interactive');
  return message.interactive as {
    type: string;
    body: { text: string };
    action: {
      button?: string;
      buttons?: { reply: { id: string; title: string } }[];
      sections?: { rows: object[] }[];
    };
  };
};

describe('rendering for WhatsApp', () => {
  test.each([
    [4096, 1],
    [4097, 2],
  ])('a text of %i characters is %i message(s)', (length, messages) => {
    expect(render({ text: 'x'.repeat(length) })).toHaveLength(messages);
  });

  test('parts are numbered so that each send has its own name', () => {
    expect(render({ text: 'x'.repeat(9000) }).map((payload) => payload.part)).toEqual([0, 1, 2]);
  });

  test('up to three options are buttons', () => {
    const [payload, ...others] = render({ text: 'Well?', options: options(3) });
    expect(others).toEqual([]);
    expect(interactive(payload)).toEqual({
      type: 'button',
      body: { text: 'Well?' },
      action: {
        buttons: [0, 1, 2].map((i) => ({
          type: 'reply',
          reply: { id: `t1:${i}`, title: `Option ${i + 1}` },
        })),
      },
    });
  });

  test.each([4, 10])('%i options are a list behind the label', (n) => {
    const list = interactive(render({ text: 'Well?', options: options(n), optionsLabel: 'Your orders' })[0]);
    expect(list.type).toBe('list');
    expect(list.action.button).toBe('Your orders');
    expect(list.action.sections?.[0]?.rows).toHaveLength(n);
  });

  test('a list without a label opens by a sign, and long labels and descriptions are cut', () => {
    const long = options(4, { description: 'd'.repeat(73) });
    const plain = interactive(render({ text: 'Well?', options: long })[0]);
    expect(plain.action.button).toBe('☰');
    expect(plain.action.sections?.[0]?.rows[0]).toMatchObject({ description: `${'d'.repeat(71)}…` });
    const label = interactive(render({ text: 'Well?', options: long, optionsLabel: 'L'.repeat(21) })[0])
      .action.button;
    expect(label).toHaveLength(20);
  });

  test('eleven options are numbers in the text', () => {
    const [payload] = render({ text: 'Well?', options: options(11) });
    expect(payload?.message).toMatchObject({ type: 'text' });
    expect(JSON.stringify(payload)).toContain('11. Option 11');
  });

  test.each([
    ['an id over 200 bytes', { id: 'é'.repeat(101) }],
    ['an empty title', { title: ' ' }],
  ])('%s turns the options into numbers', (_what, more) => {
    expect(render({ text: 'Well?', options: options(2, more) })[0]?.message.type).toBe('text');
  });

  test('titles over 20 are cut, and stay different', () => {
    const same = interactive(
      render({ text: 'Which?', options: options(2, { title: 'Black T-shirt, medium' }) })[0],
    );
    const titles = same.action.buttons?.map((button) => button.reply.title) ?? [];
    expect(titles).toEqual(['Black T-shirt, medi…', 'Black T-shirt, me… 2']);
  });

  test.each([
    [1024, ['interactive']],
    [1025, ['text', 'interactive']],
  ])('a text of %i characters with options becomes %j', (length, types) => {
    const text = `${'word '.repeat(300).slice(0, length - 6)} done?`;
    expect(text).toHaveLength(length);
    const payloads = render({ text, options: options(2) });
    expect(payloads.map((payload) => payload.message.type)).toEqual(types);
  });

  test('a template replaces the text; its values hold no line breaks; a code goes into the button too', () => {
    const template = { name: 'code', language: 'hi', values: ['123456'], codeButton: true };
    expect(render({ text: 'unused', template })).toEqual([
      {
        part: 0,
        message: {
          type: 'template',
          template: {
            name: 'code',
            language: { code: 'hi' },
            components: [
              { type: 'body', parameters: [{ type: 'text', text: '123456' }] },
              { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '123456' }] },
            ],
          },
        },
      },
    ]);
    const plain = render({ text: '', template: { name: 'x', language: 'en', values: ['a\n\tb     c'] } })[0];
    expect(JSON.stringify(plain)).toContain('a b c');
    expect(
      JSON.stringify(render({ text: '', template: { name: 'x', language: 'en', values: [] } })),
    ).not.toContain('components');
  });

  test('nothing to say is nothing to send', () => {
    expect(render({ text: ' ' })).toEqual([]);
  });
});
