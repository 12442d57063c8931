/** This running node among others on the same database: whether it is fit to work. Knows no feature. */
package org.closedloop.node;
