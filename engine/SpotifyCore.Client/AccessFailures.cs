using Grpc.Core;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Client;

/// <summary>What failed calls of the access point are to those who embed the client.</summary>
internal static class AccessFailures
{
    /// <summary>Asks, and turns a call's failure into an exception of the client's.</summary>
    public static async Task<T> MapAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question();
        }
        catch (RpcException failure) when (failure.IsCalledOff())
        {
            throw new OperationCanceledException("The call was called off.", failure);
        }
        catch (RpcException failure)
            when (failure.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            throw new AccessDeniedException(failure.Reason(), failure);
        }
        catch (RpcException failure)
        {
            var reason = failure.IsLocal() ? $"The access point does not answer: {failure.Reason()}" : failure.Reason();
            throw new AccessPointException(reason, failure);
        }
    }
}
