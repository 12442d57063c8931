/** 事项分类: what a matter is about, a tree of three levels. Depends on nothing else of the case file. */
package org.closedloop.casefile.category;
