using Google.Protobuf.Reflection;
using Grpc.Core;
using SpotifyCore.Contracts;
using Xunit;
using Status = Grpc.Core.Status;

namespace SpotifyCore.Testing.Calls;

/// <summary>Calls of a contract's methods with bytes as they come, whether they are messages or not.</summary>
public static class RawCalls
{
    // What a broken handler, or a message that a handler was not asked about, would end with.
    private static readonly StatusCode[] Wrong =
        [StatusCode.Unknown, StatusCode.Internal, StatusCode.DataLoss, StatusCode.Unimplemented, StatusCode.DeadlineExceeded];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Marshaller<byte[]> AsItIs = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    /// <summary>The methods of all contracts that an access point serves.</summary>
    public static IReadOnlyList<MethodDescriptor> OfAccessPoint { get; } =
    [
        .. new[]
        {
            AccessPointReflection.Descriptor, AccountsReflection.Descriptor, SignInReflection.Descriptor,
            CredentialsReflection.Descriptor, OfflineReflection.Descriptor, HandoverReflection.Descriptor,
            LibrarianReflection.Descriptor, DiscardsReflection.Descriptor,
        }.SelectMany(static file => file.Services).SelectMany(static service => service.Methods),
    ];

    /// <summary>Calls a method with messages that may be none, which has to end as the contract has it.</summary>
    /// <inheritdoc cref="CallAsync"/>
    public static async Task EndsWellAsync(
        ChannelBase channel, MethodDescriptor method, IReadOnlyList<byte[]> messages, int mostAnswers = int.MaxValue)
    {
        var status = await CallAsync(channel, method, messages, mostAnswers);
        Assert.False(
            Wrong.Contains(status.StatusCode),
            $"{method.FullName} ended with {status.StatusCode} ({status.Detail}), "
            + $"asked {string.Join(' ', messages.Select(Convert.ToHexString))}");
    }

    /// <summary>Calls a method; a stream of answers is read to its end, or as far as is wanted.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="method">What.</param>
    /// <param name="messages">One, or where the method takes a stream any number.</param>
    /// <param name="mostAnswers">Of a stream, after how many it is left.</param>
    /// <returns>How it ended; OK where a stream was left.</returns>
    public static async Task<Status> CallAsync(
        ChannelBase channel, MethodDescriptor method, IReadOnlyList<byte[]> messages, int mostAnswers = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(messages);
        var (invoker, options) = (channel.CreateCallInvoker(), new CallOptions(deadline: DateTime.UtcNow + Patience));
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (false, true) => MethodType.ServerStreaming,
            (true, false) => MethodType.ClientStreaming,
            _ => MethodType.DuplexStreaming,
        };
        var raw = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, AsItIs, AsItIs);
        try
        {
            switch (type)
            {
                case MethodType.Unary:
                    await invoker.AsyncUnaryCall(raw, null, options, messages[0]);
                    break;
                case MethodType.ServerStreaming:
                    using (var call = invoker.AsyncServerStreamingCall(raw, null, options, messages[0]))
                        await ReadAsync(call.ResponseStream, mostAnswers);
                    break;
                case MethodType.DuplexStreaming:
                    using (var call = invoker.AsyncDuplexStreamingCall(raw, null, options))
                    {
                        var reading = ReadAsync(call.ResponseStream, mostAnswers);
                        await SendAsync(call.RequestStream, messages, reading);
                        await reading;
                    }

                    break;
                default:
                    throw new NotSupportedException(method.FullName);
            }

            return Status.DefaultSuccess;
        }
        catch (RpcException failure)
        {
            return failure.Status;
        }
    }

    private static async Task SendAsync(IClientStreamWriter<byte[]> stream, IReadOnlyList<byte[]> messages, Task reading)
    {
        try
        {
            foreach (var message in messages)
                await stream.WriteAsync(message);

            await stream.CompleteAsync();
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException or IOException)
        {
            // The call is over: its status tells why.
            await reading;
        }
    }

    private static async Task ReadAsync(IAsyncStreamReader<byte[]> stream, int most)
    {
        for (var read = 0; read < most && await stream.MoveNext(CancellationToken.None);)
            read++;
    }
}
