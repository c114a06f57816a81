package io.farandole.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect provider on this machine, as far as its keys and its tokens go. */
public final class Issuer implements AutoCloseable {

    /** For whom its tokens are meant. */
    public static final String AUDIENCE = "farandole";

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile RSAKey key = generate("first");
    private volatile boolean away;

    public Issuer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serve("/keys", () -> new JWKSet(key.toPublicJWK()).toString());
        serve(
                "/.well-known/openid-configuration",
                () ->
                        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"subject_types_supported\":[\"public\"]}"
                                .formatted(uri(), uri()));
        server.start();
    }

    /** As its tokens name it. */
    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often its keys were asked for. */
    int asked() {
        return asked.get();
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    /** Withdraws its key, and signs with another. */
    void rotate() {
        key = generate("second");
    }

    RSAKey key() {
        return key;
    }

    /** What a good token says. */
    public JWTClaimsSet.Builder claims(String subject, List<String> roles) {
        return new JWTClaimsSet.Builder()
                .issuer(uri())
                .audience(AUDIENCE)
                .subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("roles", roles);
    }

    /** Signed as it should be. */
    public String signed(JWTClaimsSet claims) {
        return signed(claims, key, JWSAlgorithm.RS256);
    }

    String signed(JWTClaimsSet claims, RSAKey by, JWSAlgorithm algorithm) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(algorithm)
                                    .type(JOSEObjectType.JWT)
                                    .keyID(by.getKeyID())
                                    .build(),
                            claims);
            token.sign(new RSASSASigner(by));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By the public key as if it were a shared secret: an old trick. */
    String signedByWhatEverybodyKnows(JWTClaimsSet claims) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
                            claims);
            token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String unsigned(JWTClaimsSet claims) {
        return new PlainJWT(claims).serialize();
    }

    static RSAKey generate(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(String path, java.util.function.Supplier<String> document) {
        server.createContext(
                path,
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body = document.get().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(away ? 503 : 200, away ? -1 : body.length);
                    if (!away) {
                        exchange.getResponseBody().write(body);
                    }
                    exchange.close();
                });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
