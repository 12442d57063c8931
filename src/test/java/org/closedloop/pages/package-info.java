/** The pages as people meet them: in a real browser, against the started application. */
package org.closedloop.pages;
