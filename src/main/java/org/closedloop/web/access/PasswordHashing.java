package org.closedloop.web.access;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How passwords are kept: Argon2id with 19 MiB and two passes (OWASP's floor); bcrypt hashes brought along are read. */
@Configuration(proxyBeanMethods = false)
class PasswordHashing {

  @Bean
  PasswordEncoder passwordEncoder() {
    return new DelegatingPasswordEncoder("argon2id", Map.of(
        "argon2id", new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2),
        "bcrypt", new BCryptPasswordEncoder(12)));
  }
}
