import './several.js';
import './another-cluster.js';
