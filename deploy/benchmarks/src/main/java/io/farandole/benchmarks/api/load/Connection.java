package io.farandole.benchmarks.api.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection that carries one request at a time; it lives on one thread. */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

    /** Instead of a status, when it was closed from the other side. */
    static final int GONE = 0;

    private final Heard heard;
    private @Nullable Channel channel;
    private int status;

    /** When the request was due that it carries. */
    long due;

    Connection(Heard heard) {
        this.heard = heard;
    }

    /** Is told what comes, on the connection's thread. */
    interface Heard {

        /** The answer is there, to its end. */
        void answered(Connection connection, int status);

        /** A part of a body. */
        default void content(Connection connection, ByteBuf part) {}
    }

    static Connection open(EventLoopGroup threads, int port, Supplier<Connection> making)
            throws InterruptedException {
        Connection connection = making.get();
        connection.channel =
                new Bootstrap()
                        .group(threads)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel opened) {
                                        opened.pipeline()
                                                .addLast(new HttpResponseDecoder(), connection);
                                    }
                                })
                        .connect("127.0.0.1", port)
                        .sync()
                        .channel();
        return connection;
    }

    void send(ByteBuf request) {
        Channel open = channel;
        if (open != null) {
            var _ = open.writeAndFlush(request, open.voidPromise());
        }
    }

    void close() {
        Channel open = channel;
        channel = null;
        if (open != null) {
            var _ = open.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpResponse response) {
            status = response.status().code();
        }
        if (message instanceof HttpContent content) {
            heard.content(this, content.content());
        }
        if (message instanceof LastHttpContent) {
            heard.answered(this, status);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (channel != null) {
            heard.answered(this, GONE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
