/** What administrators did and when, from which value to which. Knows nobody, so that everybody may write here. */
package org.closedloop.audit;
