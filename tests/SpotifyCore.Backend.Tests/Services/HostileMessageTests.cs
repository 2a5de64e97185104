using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>Whatever bytes a method is called with, its answer is one that the contract has.</summary>
public sealed class HostileMessageTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    private const int CallsOfOne = 150;
    private const int MostNotices = 6;

    public static TheoryData<string> Methods { get; } =
        [.. RawCalls.OfAccessPoint.Select(static method => method.FullName)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Call_AnyBytes_EndsAsTheContractHasIt(string name)
    {
        var method = RawCalls.OfAccessPoint.Single(method => method.FullName == name);
        var random = new Random(name.Length);
        var messages = new HostileMessages(random.Next());
        using var stranger = backend.Connect();
        using var channel = backend.Connect();
        for (var i = 0; i < CallsOfOne; i++)
        {
            if (i % 10 == 0 && await IsLoggedOutAsync(channel))
                channel.Session = (await backend.LoginAsync("both", peer: 90)).Session;

            byte[][] said = [.. Enumerable.Range(0, method.IsClientStreaming ? random.Next(MostNotices) : 1)
                .Select(_ => messages.Next(method.InputType))];

            await RawCalls.EndsWellAsync(i % 5 == 0 ? stranger : channel, method, said);
        }
    }

    private static async Task<bool> IsLoggedOutAsync(EndpointChannel channel)
    {
        var status = await RawCalls.CallAsync(channel, AccessPointReflection.Descriptor.Services[0].FindMethodByName("RefreshTicket"), [[]]);
        return status.StatusCode == StatusCode.Unauthenticated;
    }
}
