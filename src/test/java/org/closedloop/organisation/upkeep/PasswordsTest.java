package org.closedloop.organisation.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.closedloop.LiveApp;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Person;
import org.closedloop.organisation.Roster;
import org.closedloop.problem.InvalidInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a password must be like, and how it is kept. */
@LiveApp
class PasswordsTest {

  @Autowired private Passwords passwords;
  @Autowired private Roster roster;
  @Autowired private Organisation organisation;

  private final String username = "t" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void somebody() {
    roster.keepOfficials(List.of(new Person(username, "测试员", "140929-sl", List.of("handler"), null, true)), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short7!", "password1", "PASSWORD1", "woaini1314", "1qaz2wsx3edc", "aaaaaaaaaaaa",
      "121212121212", "我爱岢岚县的春天", "好好学习岚漪镇123", "140929-heron", "closedloop-rocks", "with\u0000control",
      "岢岚县公安局加油加油"})
  void aPasswordThatCouldBeGuessedIsRefused(String guessable) {
    assertThatThrownBy(() -> passwords.choose(username, guessable, "password")).isInstanceOf(InvalidInput.class);
    assertThat(organisation.credential(username).orElseThrow().passwordHash()).isNull();
  }

  @Test
  void theOwnNameIsRefusedAndSoIsEndlessText() {
    assertThatThrownBy(() -> passwords.choose(username, username + " heron", "p")).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> passwords.choose(username, "heron ".repeat(30), "p")).isInstanceOf(InvalidInput.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seven quiet herons", "七只安静的苍鹭站在河边", "🦩🐢🦀🐙 八个字符以上", "k7#mQz!p"})
  void anythingElseIsKeptAsArgon2id(String good) {
    passwords.choose(username, good, "password");
    assertThat(organisation.credential(username).orElseThrow().passwordHash())
        .startsWith("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void anInventedPasswordPassesTheRulesAndIsNeverTheSame() {
    var one = passwords.invent();
    assertThat(one).hasSize(14).isNotEqualTo(passwords.invent());
    passwords.give(username, one, "password");
    assertThat(organisation.credential(username).orElseThrow().mustChange()).isTrue();
  }
}
