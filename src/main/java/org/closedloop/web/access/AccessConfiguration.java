package org.closedloop.web.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.closedloop.web.pages.PageAddresses;
import org.closedloop.web.problems.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * Three doors, and a request goes through exactly one. With an {@code Authorization} header: programs, stateless, never
 * a session. {@code /api/public}: reporters, stateless and anonymous. Everything else: pages, with a session and a
 * token against forged requests. What no rule opens needs a log-in.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  /** What the widgets of the pages were tried with; no other host, no inline script. */
  static final String CONTENT_POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
      + "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
      + "frame-ancestors 'none'";

  /** Nothing here depends on who asks: pages are empty shells, the description of the API is no secret. */
  private static final String[] OPEN = {"/swagger-ui.html", "/swagger-ui/**", "/v3/api-docs", "/v3/api-docs/**",
      "/v3/api-docs.yaml", "/actuator/health"};

  @Bean
  @Order(1)
  SecurityFilterChain programs(HttpSecurity http, LogIn logIn, ProblemAnswers answers, ProblemWriter writer)
      throws Exception {
    common(http, answers, writer)
        .securityMatcher(request -> request.getHeader(HttpHeaders.AUTHORIZATION) != null)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .authenticationManager(new ProviderManager(logIn))
        .httpBasic(b -> b.authenticationEntryPoint(answers)
            .authenticationDetailsSource(HttpServletRequest::getRemoteAddr))
        .addFilterBefore(new SameOrigin(writer), BasicAuthenticationFilter.class);
    return http.build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain reporters(HttpSecurity http, AttemptLimits limits, ProblemAnswers answers, ProblemWriter writer)
      throws Exception {
    common(http, answers, writer)
        .securityMatcher("/api/public/**")
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .addFilterBefore(new ReporterLimit(limits, writer), AuthorizationFilter.class);
    return http.build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pages(HttpSecurity http, LogIn logIn, OfficialSession sessions, ProblemAnswers answers,
      ProblemWriter writer) throws Exception {
    common(http, answers, writer)
        .securityContext(c -> c.securityContextRepository(sessions))
        // a new session, not the old one under a new name: its age is the age of the log-in
        .sessionManagement(s -> s.sessionFixation(f -> f.newSession()))
        .authenticationManager(new ProviderManager(logIn))
        .formLogin(f -> f.loginPage("/login").loginProcessingUrl("/login")
            .authenticationDetailsSource(HttpServletRequest::getRemoteAddr)
            .successHandler((request, response, who) -> done(request, response))
            .failureHandler(answers))
        .logout(l -> l.logoutUrl("/logout").logoutSuccessHandler((request, response, who) -> done(request, response)))
        .csrf(c -> c.csrfTokenRepository(tokenCookie()).csrfTokenRequestHandler(new TokenForPages()));
    return http.build();
  }

  private static HttpSecurity common(HttpSecurity http, ProblemAnswers answers, ProblemWriter writer)
      throws Exception {
    return http
        .headers(AccessConfiguration::headers)
        .requestCache(c -> c.requestCache(new NullRequestCache()))
        .exceptionHandling(e -> e.authenticationEntryPoint(answers).accessDeniedHandler(answers))
        .addFilterBefore(new PasswordChangeFirst(writer), AuthorizationFilter.class)
        .authorizeHttpRequests(a -> a
            // all made by the server itself for a request that was let in; INCLUDE when a stream's line is cut
            .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC,
                DispatcherType.INCLUDE).permitAll()
            .requestMatchers("/api/public/**").permitAll()
            .requestMatchers("/api/**").authenticated()
            .requestMatchers(OPEN).permitAll()
            .requestMatchers(PageAddresses.addresses()).permitAll()
            .anyRequest().authenticated());
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers.contentSecurityPolicy(p -> p.policyDirectives(CONTENT_POLICY))
        .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(p -> p.policy("camera=(self), geolocation=(self), microphone=(), payment=()"))
        .frameOptions(f -> f.deny())
        .httpStrictTransportSecurity(Customizer.withDefaults());
  }

  /** A page that fetches wants no other page for an answer; a plain form does. */
  private static void done(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept != null && accept.contains("text/html")) {
      response.sendRedirect("/");
    } else {
      response.setStatus(HttpStatus.NO_CONTENT.value());
    }
  }

  private static CookieCsrfTokenRepository tokenCookie() {
    var cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    cookie.setCookieCustomizer(c -> c.sameSite("Lax").path("/"));
    return cookie;
  }

  /**
   * The token as single-page applications use it: the script copies the cookie into the header as it is; a form that
   * the server renders carries it masked, against guessing by compression. Every answer brings the cookie.
   */
  private static final class TokenForPages implements CsrfTokenRequestHandler {

    private final CsrfTokenRequestHandler plain = new CsrfTokenRequestAttributeHandler();
    private final CsrfTokenRequestHandler masked = new XorCsrfTokenRequestAttributeHandler();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
      masked.handle(request, response, token);
      token.get();
    }

    @Override
    public String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
      boolean byHeader = request.getHeader(token.getHeaderName()) != null;
      return (byHeader ? plain : masked).resolveCsrfTokenValue(request, token);
    }
  }
}
