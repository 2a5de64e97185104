using Grpc.Core;

namespace SpotifyCore.Backend.Tests.Services;

internal static class CallAssert
{
    public static async Task<string> FailsAsync(StatusCode code, Func<Task> call)
    {
        var thrown = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(code == thrown.StatusCode, thrown.Message);
        Assert.NotEmpty(thrown.Status.Detail);
        return thrown.Status.Detail;
    }
}
