/** What happened: the case register, who reported, who is concerned, and who may see it. */
package org.closedloop.casefile;
