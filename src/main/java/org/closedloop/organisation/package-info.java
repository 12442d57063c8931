/** Units, officials, posts and areas: who there is and what each may see. Depends on nothing but problem. */
package org.closedloop.organisation;
