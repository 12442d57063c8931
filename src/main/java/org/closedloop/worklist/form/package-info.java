/**
 * Answers to Camunda Forms, checked on the server by the rules the browser shows: nothing a page, a program or an
 * attacker sends reaches a case file or a process unless the form asked for it in exactly that shape.
 */
package org.closedloop.worklist.form;
