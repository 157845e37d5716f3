/** @jsxImportSource preact */
import { render } from 'preact';
import { Simulator } from './live';
import { MailPage } from './view/mail';
import { SimulatorPage } from './view/page';
import './simulator.css';

const page = document.getElementById('page');
if (page && location.pathname.endsWith('/mail')) {
  document.title = 'Mailbox of the Doorstep demo';
  render(<MailPage />, page);
} else if (page) {
  const simulator = new Simulator();
  void simulator.start(new URLSearchParams(location.search).get('customer'));
  render(<SimulatorPage simulator={simulator} />, page);
}
