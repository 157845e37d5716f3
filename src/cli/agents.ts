import type { AgentRole } from '../core/agents';
import { required, UsageError, type Command } from './command';
import { withStores } from './place';

const ROLES: AgentRole[] = ['admin', 'supervisor', 'agent'];

/** `agents add`: one more person for the desk. */
export const agentCommands: Command[] = [
  {
    name: 'agents add',
    usage: '--email <e-mail> --name <name> --role <role> --password <password>',
    summary: 'Add a person to the desk',
    help: [
      '--email     what they sign in with',
      '--name      what customers and colleagues see',
      `--role      ${ROLES.join(', ')}`,
      '--password  10 characters or more',
    ],
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      password: { type: 'string' },
    },
    positionals: 0,
    async run(invocation) {
      const [email, name, asked, password] = ['email', 'name', 'role', 'password'].map((option) =>
        required(invocation, option),
      ) as [string, string, string, string];
      const role = ROLES.find((each) => each === asked);
      if (!role) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
      if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new UsageError('--email must be an e-mail address');
      const added = await withStores(invocation.config(), ({ agents }) =>
        agents.add({ email, name, role, password }),
      );
      invocation.io.out(`Added ${added.name} (${added.email}) as ${added.role}.`);
      return 0;
    },
  },
];
