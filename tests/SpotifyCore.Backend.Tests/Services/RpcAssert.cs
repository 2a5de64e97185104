using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Backend.Tests.Services;

internal static class RpcAssert
{
    public static async Task<string> FailsAsync(RpcStatusCode code, Func<Task> call)
    {
        var thrown = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(code == thrown.Code, thrown.Message);
        Assert.NotEmpty(thrown.Detail);
        return thrown.Detail;
    }
}
