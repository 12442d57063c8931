package org.closedloop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.closedloop.database.TestDatabaseFolder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole started application: real HTTP on a free port, a real PostgreSQL of its own under target/,
 * the demo on. Started once for the whole suite: add no {@code @Import}, no properties and no mock beans to a test with
 * this annotation, each of which would start a second application. Tests share the database, so they make their own
 * cases and look only at those. Autowire {@link Caller} to talk HTTP.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = ClosedLoop.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    // the loopback is a trusted proxy, so that a test may come from any address by X-Forwarded-For
    properties = {"closedloop.demo=true", "closedloop.demo-cases=false", "closedloop.database.url=",
        "server.tomcat.remoteip.internal-proxies=127\\..*|0:0:0:0:0:0:0:1|::1"})
@ContextConfiguration(initializers = TestDatabaseFolder.class)
@Import(Caller.class)
public @interface LiveApp {}
