/** Exactly once: a request sent again with the same Idempotency-Key is answered again, not done again. */
package org.closedloop.once;
