// Joins the three servers of compose.yaml into one replica set, once, and waits until one of them takes writes. Run by mongosh.
let joined = true;
try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  joined = false;
}
if (!joined) {
  const members = ['mongo1', 'mongo2', 'mongo3'].map((host, _id) => ({ _id, host: `${host}:27017` }));
  rs.initiate({ _id: 'doorstep', members });
}
while (!rs.status().members.some((member) => member.stateStr === 'PRIMARY')) sleep(500);
