import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runCommand } from './run-command';

describe('npm run cli', () => {
  test.each([[[]], [['--help']], [['help']]])('%j shows every command', async (argv) => {
    const { code, out } = await runCommand(argv);
    expect(code).toBe(0);
    for (const name of ['agents add', 'chat', 'nlu train', 'nlu eval', 'nlu explain']) {
      expect(out.join('\n')).toContain(`  ${name}`);
    }
  });

  test('ends without a word when nobody reads its output any more', async () => {
    const program = join(__dirname, '../../dist/src/cli/main.js');
    const child = spawn(process.execPath, ['-e', `require(${JSON.stringify(program)}).main(['--help'])`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (data) => (said += String(data)));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });

  test('every command explains itself with --help and does nothing', async () => {
    const { out } = await runCommand([]);
    const names = out
      .filter((line) => /^ {2}[a-z]/.test(line))
      .map((line) => line.trim().split(/ {2}| [-<"[]/)[0] ?? '');
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) {
      const answer = await runCommand([...name.split(' '), '--help']);
      expect(answer).toMatchObject({ code: 0, err: [] });
      expect(answer.out[0]).toContain(`npm run cli -- ${name}`);
    }
  });

  test.each([
    ['an unknown command', ['orders', 'paint'], /There is no command "orders paint"/],
    ['an unknown option', ['nlu', 'eval', '--fil', 'x'], /--fil/],
    ['a missing option', ['nlu', 'eval'], /--file is missing/],
    ['a missing word', ['nlu', 'explain'], /takes "<text>"/],
    ['too many words', ['nlu', 'explain', 'a', 'b'], /takes/],
    [
      'an unknown role',
      ['agents', 'add', '--email', 'a@b.c', '--name', 'A', '--role', 'king', '--password', 'x'],
      /--role must be one of/,
    ],
  ])('%s is said in a line, with exit code 2', async (_, argv, sentence) => {
    const { code, out, err } = await runCommand(argv);
    expect(code).toBe(2);
    expect(out).toEqual([]);
    expect(err[0]).toMatch(sentence);
  });

  test('bad settings are named', async () => {
    const { code, err } = await runCommand(['chat'], { PORT: 'x' });
    expect(code).toBe(1);
    expect(err.join('\n')).toContain('PORT must be a whole number');
  });

  test('a chat without a running product says how to start one', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { code, err } = await runCommand(['chat'], { PORT: String(port) });
    expect(code).toBe(1);
    expect(err[0]).toMatch(/No Doorstep answers at http:\/\/127\.0\.0\.1:\d+\. Start it with npm start/);
  });
});
