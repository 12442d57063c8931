package org.closedloop.web.pages;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/**
 * The pages are empty shells with a script. Which view is shown is the script's business, so every address of a page opens
 * that page; a link to a case can be sent by mail.
 */
@Configuration(proxyBeanMethods = false)
public class PageAddresses implements WebMvcConfigurer {

  /** Addresses of the desk. Must name what the desk's router names; a browser test opens each. */
  private static final List<String> DESK =
      List.of("/", "/login", "/work", "/new", "/inbox", "/me", "/cases", "/cases/*", "/admin", "/admin/*", "/board", "/board/wall",
          "/scorecards", "/scorecards/report");
  private static final List<String> POCKET = List.of("/m", "/m/**");
  private static final List<String> REPORT = List.of("/report", "/report/**");
  private static final String FILES = "/assets/**";

  /** Everything here may be opened by anybody: nothing in it depends on who asks. */
  public static String[] addresses() {
    return Stream.of(DESK, POCKET, REPORT, List.of("/index.html", "/pocket.html", "/report.html", "/favicon.svg",
        "/report-worker.js", FILES))
        .flatMap(List::stream).toArray(String[]::new);
  }

  @Override
  public void addViewControllers(ViewControllerRegistry views) {
    DESK.forEach(address -> views.addViewController(address).setViewName("forward:/index.html"));
    POCKET.forEach(address -> views.addViewController(address).setViewName("forward:/pocket.html"));
    REPORT.forEach(address -> views.addViewController(address).setViewName("forward:/report.html"));
  }

  /** Scripts and styles carry a fingerprint of their content in their names: a name never changes what it means. */
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry files) {
    files.addResourceHandler(FILES).addResourceLocations("classpath:/static/assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .resourceChain(true).addResolver(new EncodedResourceResolver());
  }
}
