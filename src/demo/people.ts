import type { Address } from '../core/order';
import type { Locale } from '../core/locale';

/** Name of the demo's shop, on the shop pages and in the bot's greeting. */
export const DEMO_SHOP_NAME = 'Tulsi Lane';

/** A person the visitor of the simulator can be. All names, numbers and addresses are made up. */
export interface DemoCustomer {
  /** Short key in the simulator's addresses. */
  id: string;
  name: string;
  channel: 'whatsapp' | 'instagram';
  /** E.164; what the orders carry. */
  phone: string;
  email: string;
  locale: Locale;
  /** wa_id digits on WhatsApp, Instagram-scoped id on Instagram. */
  user: string;
  /** Instagram handle, shown in the phone drawing. */
  handle?: string;
  address: Address;
  /** One line for the chooser: what this person is good for trying. */
  about: string;
}

/** WhatsApp, several orders in different states. */
const asha: DemoCustomer = {
  id: 'asha',
  name: 'Asha Rao',
  channel: 'whatsapp',
  phone: '+919811100001',
  email: 'asha.rao@example.com',
  locale: 'en',
  user: '919811100001',
  address: {
    name: 'Asha Rao',
    phone: '+919811100001',
    line1: 'Flat 204, Lake View Apartments',
    line2: '12th Main, Indiranagar',
    landmark: 'Near the metro station',
    city: 'Bengaluru',
    state: 'Karnataka',
    postalCode: '560038',
    country: 'IN',
  },
  about: 'Six orders: on the way, out for delivery, delivered, just placed, two parcels',
};

/** WhatsApp, one order whose delivery failed; writes Hindi. */
const vikram: DemoCustomer = {
  id: 'vikram',
  name: 'Vikram Singh',
  channel: 'whatsapp',
  phone: '+919811100002',
  email: 'vikram.singh@example.com',
  locale: 'hi',
  user: '919811100002',
  address: {
    name: 'Vikram Singh',
    phone: '+919811100002',
    line1: '18 Park Road',
    line2: 'Hazratganj',
    city: 'Lucknow',
    state: 'Uttar Pradesh',
    postalCode: '226001',
    country: 'IN',
  },
  about: 'One cash-on-delivery order; the courier came and found nobody home',
};

/** Instagram, so the sender proves nothing about the phone: order number, PIN code and phone are asked for. */
const neha: DemoCustomer = {
  id: 'neha',
  name: 'Neha Kulkarni',
  channel: 'instagram',
  phone: '+919811100003',
  email: 'neha.kulkarni@example.com',
  locale: 'hi-Latn',
  user: '17841400000000003',
  handle: 'neha.makes.things',
  address: {
    name: 'Neha Kulkarni',
    phone: '+919811100003',
    line1: '7 Deccan Gymkhana',
    line2: 'Prabhat Road',
    landmark: 'Opposite the library',
    city: 'Pune',
    state: 'Maharashtra',
    postalCode: '411004',
    country: 'IN',
  },
  about: 'Two orders, one running late; on Instagram the bot asks for proof first',
};

/** The three customers of the simulator, in the order they are shown. */
export const DEMO_CUSTOMERS: readonly DemoCustomer[] = [asha, vikram, neha];

/** People at the desk in the demo. The passwords are shown on the simulator page: nothing real is behind them. */
export const DEMO_AGENTS = [
  {
    email: 'meera@tulsilane.example',
    name: 'Meera Iyer',
    role: 'supervisor' as const,
    password: 'doorstep-meera',
  },
  { email: 'rohan@tulsilane.example', name: 'Rohan Das', role: 'agent' as const, password: 'doorstep-rohan' },
];

/** Other customers of the shop, for the desk's search and the numbers on its pages: name, city, state, PIN code, street. */
export const OTHER_CUSTOMERS: readonly [string, string, string, string, string][] = [
  ['Priya Nair', 'Kochi', 'Kerala', '682016', '5 Marine Drive'],
  ['Arjun Mehta', 'Mumbai', 'Maharashtra', '400050', '31 Hill Road, Bandra West'],
  ['Fatima Sheikh', 'Hyderabad', 'Telangana', '500034', '8-2 Banjara Hills, Road 3'],
  ['Rahul Verma', 'New Delhi', 'Delhi', '110016', 'C-14 Hauz Khas'],
  ['Ananya Ghosh', 'Kolkata', 'West Bengal', '700019', '22 Ballygunge Place'],
  ['Karthik Subramanian', 'Chennai', 'Tamil Nadu', '600004', '9 Luz Church Road, Mylapore'],
  ['Simran Kaur', 'Chandigarh', 'Chandigarh', '160017', 'House 212, Sector 17'],
  ['Imran Qureshi', 'Bhopal', 'Madhya Pradesh', '462001', '4 Peer Gate'],
  ['Deepa Joshi', 'Ahmedabad', 'Gujarat', '380009', '16 CG Road, Navrangpura'],
  ['Sanjay Patil', 'Nagpur', 'Maharashtra', '440010', '45 Ramdaspeth'],
  ['Lakshmi Reddy', 'Visakhapatnam', 'Andhra Pradesh', '530003', '12 Beach Road'],
  ['Manish Agarwal', 'Jaipur', 'Rajasthan', '302001', '77 MI Road'],
];
