/** 回复模板: texts kept by the county that begin an answer to a reporter; changed by hand and sent like anything typed. */
package org.closedloop.worklist.reply;
