import './several.js';
// The last, since it ends an operator.
import './another-cluster.js';
