/** Which category a text belongs to, learnt from what dispatchers confirmed. Shows nothing of any case. */
package org.closedloop.casefile.suggest;
