package org.closedloop.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** How a session lies in the database, as plain text, and in the browser, as a cookie no script can read. */
@Configuration(proxyBeanMethods = false)
class SessionStorage {

  /** Attributes are texts and nothing else: what is not a text is refused, so no class is ever read from the table. */
  @Bean
  ConversionService springSessionConversionService() {
    var conversion = new GenericConversionService();
    conversion.addConverter(Object.class, byte[].class, value -> {
      if (value instanceof String text) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      throw new IllegalArgumentException("a session holds texts only, not " + value.getClass().getName());
    });
    conversion.addConverter(byte[].class, Object.class, bytes -> new String(bytes, StandardCharsets.UTF_8));
    return conversion;
  }

  /**
   * @param always where TLS ends at a proxy that does not say so, the operator says it here
   */
  @Bean
  CookieSerializer sessionCookie(@Value("${closedloop.secure-cookies}") boolean always) {
    return new SessionCookie(always);
  }

  /** Over TLS the cookie is bound to this host and to TLS by its name; over plain http browsers would refuse that. */
  private static final class SessionCookie implements CookieSerializer {

    private final boolean always;
    private final CookieSerializer plain = cookie("closedloop-session", false);
    private final CookieSerializer secure = cookie("__Host-closedloop-session", true);

    SessionCookie(boolean always) {
      this.always = always;
    }

    @Override
    public void writeCookieValue(CookieValue value) {
      fitting(value.getRequest()).writeCookieValue(value);
    }

    @Override
    public List<String> readCookieValues(HttpServletRequest request) {
      return fitting(request).readCookieValues(request);
    }

    private CookieSerializer fitting(HttpServletRequest request) {
      return always || request.isSecure() ? secure : plain;
    }

    private static CookieSerializer cookie(String name, boolean secure) {
      var cookie = new DefaultCookieSerializer();
      cookie.setCookieName(name);
      cookie.setCookiePath("/");
      cookie.setUseHttpOnlyCookie(true);
      cookie.setUseSecureCookie(secure);
      cookie.setSameSite("Lax");
      return cookie;
    }
  }
}
