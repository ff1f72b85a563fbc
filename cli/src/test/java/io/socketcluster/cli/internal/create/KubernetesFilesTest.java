// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.create;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The Kubernetes files of a created application: by the schema, and with each other. */
@ParameterizedClass
@EnumSource
class KubernetesFilesTest {
  private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "chat");
  private static final YAMLMapper SCHEMA =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NoFurtherFields())
          .build();

  /** The types keep fields that the schema does not have; here such a field is an error. */
  private static final class NoFurtherFields extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  private final Template template;

  KubernetesFilesTest(Template template) {
    this.template = template;
  }

  private String text(String file) throws IOException {
    Map<String, String> words =
        Map.of("NAME", "chat", "PACKAGE", "com.example.chat", "PACKAGE_PATH", "p", "VERSION", "1");
    byte[] content = template.files(words).get(file);
    return new String(Objects.requireNonNull(content, file), UTF_8);
  }

  private <T> T read(String file, Class<T> type) throws IOException {
    return SCHEMA.readValue(text("kubernetes/" + file), type);
  }

  private Deployment deployment() throws IOException {
    return read("deployment.yaml", Deployment.class);
  }

  private PodSpec pod() throws IOException {
    return deployment().getSpec().getTemplate().getSpec();
  }

  private Container container() throws IOException {
    return pod().getContainers().getFirst();
  }

  private long seconds(String variable) throws IOException {
    String value =
        container().getEnv().stream()
            .filter(it -> it.getName().equals(variable))
            .map(EnvVar::getValue)
            .findFirst()
            .orElseThrow();
    return Duration.parse("PT" + value).toSeconds();
  }

  @Test
  void aFieldThatTheSchemaDoesNotHaveIsFound() throws IOException {
    String wrong = text("kubernetes/deployment.yaml").replace("maxSurge", "maxSurges");
    assertThatThrownBy(() -> SCHEMA.readValue(wrong, Deployment.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("maxSurges");
  }

  @Test
  void allFilesAreAboutTheSamePods() throws IOException {
    Deployment deployment = deployment();
    assertThat(deployment.getApiVersion()).isEqualTo("apps/v1");
    assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(LABELS);
    assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels()).isEqualTo(LABELS);

    Service service = read("service.yaml", Service.class);
    assertThat(service.getSpec().getSelector()).isEqualTo(LABELS);
    assertThat(service.getSpec().getPorts().getFirst().getTargetPort().getStrVal())
        .isEqualTo(container().getPorts().getFirst().getName());

    PodDisruptionBudget budget = read("disruption.yaml", PodDisruptionBudget.class);
    assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(LABELS);
    assertThat(budget.getSpec().getMaxUnavailable().getIntVal())
        .isPositive()
        .isLessThan(deployment.getSpec().getReplicas());
  }

  @Test
  void podsAreScaledOnConnections() throws IOException {
    HorizontalPodAutoscaler scaling = read("autoscaling.yaml", HorizontalPodAutoscaler.class);
    assertThat(scaling.getSpec().getScaleTargetRef().getKind()).isEqualTo("Deployment");
    assertThat(scaling.getSpec().getScaleTargetRef().getName())
        .isEqualTo(deployment().getMetadata().getName());
    assertThat(scaling.getSpec().getMetrics().getFirst().getPods().getMetric().getName())
        .isEqualTo("socketcluster_clients"); // docs/metrics.md
  }

  @Test
  void theReadinessFailsFirstAndThenThePodHasTimeToEnd() throws IOException {
    Probe readiness = container().getReadinessProbe();
    assertThat(readiness.getHttpGet().getPath())
        .isEqualTo(template == Template.PLAIN ? "/health-check" : "/actuator/health/readiness");
    long unready = (long) readiness.getPeriodSeconds() * readiness.getFailureThreshold();
    long delay = seconds("SOCKETCLUSTER_CLOSE_DELAY");
    assertThat(unready).as("the probe fails while the server still serves").isLessThan(delay);
    long before = container().getLifecycle().getPreStop().getSleep().getSeconds();
    assertThat(pod().getTerminationGracePeriodSeconds())
        .isGreaterThan(before + delay + seconds("SOCKETCLUSTER_CLOSE_TIMEOUT"));
    assertThat(deployment().getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
        .extracting(it -> it.getIntVal())
        .isEqualTo(0);
    assertThat(container().getLivenessProbe().getHttpGet())
        .as("a server that drains is alive")
        .isNull();
  }

  @Test
  void aPodHasNoRightsThatItDoesNotNeed() throws IOException {
    assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod().getAutomountServiceAccountToken()).isFalse();
    assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container().getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container().getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void theReadmeSaysHowTheSecretIsCreated() throws IOException {
    String secret =
        container().getEnv().stream()
            .filter(it -> it.getName().equals("SOCKETCLUSTER_AUTH_KEY"))
            .map(it -> it.getValueFrom().getSecretKeyRef())
            .map(it -> it.getName() + " --from-literal=" + it.getKey())
            .findFirst()
            .orElseThrow();
    assertThat(text("README.md")).contains("kubectl create secret generic " + secret);
  }
}
