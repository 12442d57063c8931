package org.closedloop.benchmark;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.closedloop.Caller;
import org.closedloop.ClosedLoop;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * A benchmark of the whole started application. Unlike those of {@link org.closedloop.LiveApp} its database is kept, in
 * {@code -Dbenchmark.data=} (default under target/), so that a million open cases are made once for all benchmarks. A
 * folder is of one state of the migrations.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = ClosedLoop.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"closedloop.demo=true", "closedloop.demo-cases=false", "closedloop.database.url=",
        "closedloop.data=${benchmark.data:target/benchmark-data}",
        "server.tomcat.remoteip.internal-proxies=127\\..*|0:0:0:0:0:0:0:1|::1"})
@Import(Caller.class)
@Tag("benchmark")
public @interface BenchmarkApp {}
